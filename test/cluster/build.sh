#!/bin/sh
# Builds the real parts of a cluster that the harness runs, once per version, into the user's cache directory: kube-proxy
# first, as it takes the longest. Prints the directory that holds them.
set -eu
cd "$(dirname "$0")"
kubernetes=$(cd go && go list -m -f '{{.Version}}' k8s.io/kubernetes)
etcd=$(cd etcd && go list -m -f '{{.Version}}' go.etcd.io/etcd/server/v3)
out="${XDG_CACHE_HOME:-$HOME/.cache}/evenkeel/cluster-$kubernetes-etcd-$etcd"
mkdir -p "$out"

# Unstamped, Kubernetes' binaries report a version that nothing can parse.
minor=$(echo "$kubernetes" | cut -d. -f2)
stamp="-X k8s.io/component-base/version.gitVersion=$kubernetes -X k8s.io/component-base/version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=$minor"

# One build at a time: written beside and moved, so that what lies there is whole.
build() { # module directory, package, name of the binary, linker flags
  [ -x "$out/$3" ] && return 0
  echo "building $3" >&2
  (cd "$1" && nice -n 3 go build -trimpath -ldflags "-s -w $4" -o "$out/$3.partial" "$2")
  mv "$out/$3.partial" "$out/$3"
}
(cd go && go build -trimpath -o "$out/probe" ./probe)
build go k8s.io/kubernetes/cmd/kube-proxy kube-proxy "$stamp"
build etcd go.etcd.io/etcd/server/v3 etcd ""
build go k8s.io/kubernetes/cmd/kube-apiserver kube-apiserver "$stamp"
echo "$out"
