//go:build linux && kubernetes_1_36

package main

// The calls of upstream_linux.go as Kubernetes 1.36 has them (build.sh 1.36).

import (
	"context"
	"net"
	"time"

	v1 "k8s.io/api/core/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	utilsysctl "k8s.io/component-helpers/node/util/sysctl"
	"k8s.io/kubernetes/pkg/proxy"
	"k8s.io/kubernetes/pkg/proxy/iptables"
	"k8s.io/kubernetes/pkg/proxy/nftables"
	proxyutil "k8s.io/kubernetes/pkg/proxy/util"
	"k8s.io/kubernetes/pkg/scheduler"
	utiliptables "k8s.io/kubernetes/pkg/util/iptables"
)

func iptablesProxier(record proxyRecord, written utiliptables.Interface, sysctl utilsysctl.Interface,
	detector proxyutil.LocalTrafficDetector,
) (proxy.Provider, error) {
	return iptables.NewProxier(context.Background(), v1.IPv4Protocol, written, sysctl, 30*time.Second, 0, record.MasqueradeAll,
		record.LocalhostNodePorts, masqueradeBit, detector, record.Node, net.ParseIP(record.Address), nil, nil, nil, false)
}

func nftablesProxier(record proxyRecord, detector proxyutil.LocalTrafficDetector) (proxy.Provider, error) {
	return nftables.NewProxier(context.Background(), v1.IPv4Protocol, 30*time.Second, 0, record.MasqueradeAll, masqueradeBit,
		detector, record.Node, net.ParseIP(record.Address), nil, nil, nil, false)
}

func informerFactory(client kubernetes.Interface) informers.SharedInformerFactory {
	return scheduler.NewInformerFactory(client, 0)
}
