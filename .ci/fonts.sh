#!/usr/bin/env bash
# LibreOffice, and stand-ins for the fonts that an office in China has and Debian has not.
# Without them a line does not hold 28 characters and a page does not hold 22 lines: page numbers could not be tested.
set -euo pipefail

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

packages=(libreoffice-writer libreoffice-calc python3-uno poppler-utils fontconfig
          fonts-noto-cjk fonts-arphic-ukai fonts-arphic-uming fonts-liberation)
fonts=/usr/local/share/fonts/fandol
aliases=/etc/fonts/conf.d/36-chinese-office-names.conf

missing=()
for package in "${packages[@]}"; do
  [ "$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null)" = 'install ok installed' ] || missing+=("$package")
done
updated=no
update() { [ "$updated" = yes ] || as_root apt-get -qq update; updated=yes; }
if [ "${#missing[@]}" -gt 0 ]; then
  update
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${missing[@]}"
fi

if [ ! -e "$fonts/FandolFang-Regular.otf" ]; then
  # The only complete 仿宋 of Debian lies in this package; it is unpacked, not installed (TeX is not wanted).
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
  update
  (cd "$scratch" && apt-get -qq download texlive-lang-chinese && dpkg -x texlive-lang-chinese_*.deb unpacked)
  as_root mkdir -p "$fonts"
  # The two Bold faces claim weight 80, so that fontconfig would give them for the regular ones: they stay out.
  find "$scratch/unpacked" -name 'Fandol*.otf' ! -name '*-Bold.otf' -print0 |
    while IFS= read -r -d '' face; do as_root install -m 644 "$face" "$fonts/"; done
fi

{
  echo '<?xml version="1.0"?>'
  echo '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
  echo '<fontconfig>'
  alias_of() { # alias_of STAND-IN WEIGHT NAME...
    local family=$1 weight=$2 name; shift 2
    for name in "$@"; do
      echo " <match target=\"pattern\"><test qual=\"any\" name=\"family\"><string>$name</string></test>"
      echo "  <edit name=\"family\" mode=\"assign\" binding=\"same\"><string>$family</string></edit>"
      [ -z "$weight" ] || echo "  <edit name=\"weight\" mode=\"assign\"><const>$weight</const></edit>"
      echo ' </match>'
    done
  }
  alias_of FandolFang '' 仿宋_GB2312 仿宋 FangSong FangSong_GB2312 方正仿宋_GBK 方正仿宋简体 华文仿宋 STFangsong
  alias_of FandolKai '' 楷体_GB2312 楷体 KaiTi KaiTi_GB2312 方正楷体_GBK 方正楷体简体 华文楷体 STKaiti
  alias_of FandolHei '' 黑体 SimHei 方正黑体_GBK 方正黑体简体 华文黑体 STHeiti
  alias_of 'AR PL UMing CN' '' 宋体 SimSun NSimSun 新宋体 方正书宋_GBK 华文宋体 STSong
  alias_of 'Noto Serif CJK SC' bold 方正小标宋简体 方正小标宋_GBK FZXiaoBiaoSong-B05S FZXiaoBiaoSong-B05 华文中宋 STZhongsong
  echo '</fontconfig>'
} > "${TMPDIR:-/tmp}/chinese-office-names.$$"
as_root install -m 644 "${TMPDIR:-/tmp}/chinese-office-names.$$" "$aliases"
rm -f "${TMPDIR:-/tmp}/chinese-office-names.$$"
as_root fc-cache -f >/dev/null

# The proof: what LibreOffice will be given.
for name in 仿宋_GB2312 楷体_GB2312 黑体 宋体 方正小标宋简体 'Times New Roman'; do
  printf '%s → %s\n' "$name" "$(fc-match "$name" family)"
done
