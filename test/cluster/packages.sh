#!/bin/sh
# What the lab needs of Debian: namespaces and routes, both data planes, and the tool that kube-proxy clears connections with.
set -eu
export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install -y --no-install-recommends conntrack iproute2 iptables nftables util-linux
