//go:build linux && !kubernetes_1_36

package main

// What Kubernetes 1.37 and newer call otherwise than 1.36: how its parts are made, and which plugins score.

import (
	"context"
	"net"
	"time"

	v1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	utilsysctl "k8s.io/component-helpers/node/util/sysctl"
	"k8s.io/kubernetes/pkg/proxy"
	kubeproxyconfig "k8s.io/kubernetes/pkg/proxy/apis/config"
	"k8s.io/kubernetes/pkg/proxy/iptables"
	"k8s.io/kubernetes/pkg/proxy/nftables"
	proxyutil "k8s.io/kubernetes/pkg/proxy/util"
	"k8s.io/kubernetes/pkg/scheduler"
	utiliptables "k8s.io/kubernetes/pkg/util/iptables"
)

func iptablesProxier(record proxyRecord, written utiliptables.Interface, sysctl utilsysctl.Interface,
	detector proxyutil.LocalTrafficDetector,
) (proxy.Provider, error) {
	return iptables.NewProxier(context.Background(), configurationOf(record), v1.IPv4Protocol, written, sysctl, detector,
		record.Node, net.ParseIP(record.Address), nil, nil, false)
}

func nftablesProxier(record proxyRecord, detector proxyutil.LocalTrafficDetector) (proxy.Provider, error) {
	return nftables.NewProxier(context.Background(), configurationOf(record), v1.IPv4Protocol, detector, record.Node,
		net.ParseIP(record.Address), nil, nil, false)
}

func configurationOf(record proxyRecord) *kubeproxyconfig.KubeProxyConfiguration {
	bit := int32(masqueradeBit)
	return &kubeproxyconfig.KubeProxyConfiguration{
		SyncPeriod: metav1.Duration{Duration: 30 * time.Second},
		IPTables: kubeproxyconfig.KubeProxyIPTablesConfiguration{
			MasqueradeBit: &bit, LocalhostNodePorts: &record.LocalhostNodePorts,
		},
		NFTables: kubeproxyconfig.KubeProxyNFTablesConfiguration{MasqueradeBit: &bit},
		Linux:    kubeproxyconfig.KubeProxyLinuxConfiguration{MasqueradeAll: record.MasqueradeAll},
	}
}

func informerFactory(client kubernetes.Interface) informers.SharedInformerFactory {
	return scheduler.NewInformerFactory(client, 0, nil)
}
