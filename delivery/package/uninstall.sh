#!/bin/sh
# 见“help.html”。
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
for python in "$here/python/bin/python3" "$here/python/python/bin/python3" \
              python3.13 python3.12 python3.11 python3.10 python3; do
    if "$python" -c 'import sys; sys.exit(not (3, 10) <= sys.version_info < (3, 14))' 2>/dev/null; then
        exec "$python" "$here/run.py" uninstall "$@"
    fi
done
echo "没有找到 Python（要 3.10 至 3.13）。请把免安装的 Python 解压到这里："
echo "    $here/python"
echo "放好以后应当有 python/bin/python3 这个文件；放哪一个、到哪里找，见“help.html”。"
exit 1
