#!/bin/sh
# Builds the oracle into test/oracle/.cache: `build.sh` for comparing, `build.sh cover` for measuring which lines of
# Kubernetes the cases reach (run it with GOCOVERDIR set), `build.sh 1.36` for everything as the release before answers it,
# `build.sh 1.34` for what an older API server answers. Each release has a module file of its own.
set -eu
cd "$(dirname "$0")/go"
mkdir -p ../.cache
case "${1:-}" in
"") exec go build -trimpath -ldflags "-s -w" -o ../.cache/oracle . ;;
1.36)
  exec go build -modfile=kubernetes-1.36.mod -tags kubernetes_1_36 -trimpath -ldflags "-s -w" -o ../.cache/oracle-1.36 .
  ;;
1.34) exec go build -modfile=kubernetes-1.34.mod -trimpath -ldflags "-s -w" -o ../.cache/oracle-1.34 ./older ;;
cover)
  exec go build -trimpath -cover -covermode=count \
    -coverpkg=evenkeel.io/test/oracle,k8s.io/kubernetes/pkg/proxy/...,k8s.io/endpointslice/...,k8s.io/kubernetes/pkg/apis/core/validation,k8s.io/kubernetes/pkg/apis/core/v1,k8s.io/kubernetes/pkg/apis/apps/validation,k8s.io/kubernetes/pkg/apis/apps/v1,k8s.io/apimachinery/pkg/apis/meta/v1/validation,k8s.io/apimachinery/pkg/api/resource,k8s.io/kubernetes/pkg/registry/core/service,k8s.io/kubernetes/pkg/registry/core/service/storage,k8s.io/kubernetes/pkg/api/service,k8s.io/apimachinery/pkg/util/validation,k8s.io/apimachinery/pkg/api/validation,k8s.io/apimachinery/pkg/api/validate/content,k8s.io/kubernetes/pkg/scheduler/... \
    -o ../.cache/oracle-cover .
  ;;
*)
  echo "build.sh: unknown build $1; wanted nothing, 1.36, 1.34 or cover" >&2
  exit 2
  ;;
esac
