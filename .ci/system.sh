#!/usr/bin/env bash
# What the system must bring. As root on Debian or Ubuntu it is installed; otherwise the exact line
# is said and nothing is changed.
# usage: .ci/system.sh venv PYTHON | qt VENV | window | peers
set -euo pipefail

QT="libgl1 libegl1 libxkbcommon0 libglib2.0-0 libfontconfig1 libdbus-1-3"
WINDOW="libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0"
PEERS="git poppler-utils postgresql mariadb-server xvfb xauth qpdf libnss3-tools openssl prometheus prometheus-alertmanager default-jre-headless libjaxb-java libpdfbox2-java libbcpkix-java mupdf-tools zbar-tools softhsm2 opensc"

is_installed() { # is_installed PACKAGE...
    local states
    # dpkg-query itself fails for a package it never heard of.
    states=$(dpkg-query --show --showformat='${db:Status-Abbrev}\n' "$@" 2>/dev/null) || return 1
    ! grep --quiet --invert-match '^ii' <<<"$states"
}

install() { # install REASON PACKAGE...
    local reason=$1
    shift
    if is_installed "$@"; then
        return
    elif [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing $* ($reason)"
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
    else
        echo "Missing: $reason. On Debian or Ubuntu:" >&2
        echo "    sudo apt-get install --no-install-recommends $*" >&2
        return 1
    fi
}

python_is_new_enough() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null && return
    echo "$1 is not Python 3.11 to 3.14. Name one: make env PYTHON=python3.11" >&2
    return 1
}

case "${1:-}" in
venv)
    python_is_new_enough "$2"
    "$2" -c 'import ensurepip, venv' 2>/dev/null ||
        install "Python's venv" "$("$2" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
    ;;
qt)
    [ "$(uname)" = Linux ] || exit 0
    # shellcheck disable=SC2086 # the lists are lists
    "$2/bin/python" -c 'import PySide6.QtWidgets, PySide6.QtSvg' 2>/dev/null || install "Qt's libraries" $QT
    if ldd "$2"/lib/python3.*/site-packages/PySide6/Qt/plugins/platforms/libqxcb.so | grep -q 'not found'; then
        # Only a window needs these; tests and the command line run without.
        install "Qt's libraries for a window" $WINDOW || true
    fi
    ;;
window)
    # shellcheck disable=SC2086
    install "Qt's libraries" $QT $WINDOW
    ;;
peers)
    # shellcheck disable=SC2086
    install "the programs that others check our files with" $PEERS
    ;;
*)
    sed -n '2,4s/^# //p' "$0" >&2
    exit 2
    ;;
esac
