"""尾差: which printed figures are sums of others, the note where they miss, 调平 where a place asks for it."""
