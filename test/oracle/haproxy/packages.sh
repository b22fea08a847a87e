#!/bin/sh
# Debian's HAProxy, which the frozen answers are held against.
set -eu
command -v haproxy >/dev/null && exit 0
export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install -y --no-install-recommends haproxy
