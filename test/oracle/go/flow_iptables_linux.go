package main

import (
	"bytes"
	"fmt"
	"runtime"
	"sync"
	"time"

	"golang.org/x/sys/unix"
	"k8s.io/kubernetes/pkg/proxy"
	proxyutil "k8s.io/kubernetes/pkg/proxy/util"
	utiliptables "k8s.io/kubernetes/pkg/util/iptables"
	iptablestest "k8s.io/kubernetes/pkg/util/iptables/testing"
)

// newIPTablesProxy is a kube-proxy whose iptables exist in memory only.
func newIPTablesProxy(record proxyRecord, detector proxyutil.LocalTrafficDetector) (proxy.Provider, writtenRules, error) {
	memory := &memoryIPTables{FakeIPTables: iptablestest.NewFake(), written: make(chan struct{}, 1)}
	var proxier proxy.Provider
	var err error
	done := make(chan struct{})
	go func() {
		defer close(done)
		// The thread is never unlocked, so it ends with the goroutine: only while kube-proxy looks for packet counters in the
		// kernel does it lack the right to make them.
		runtime.LockOSThread()
		dropNetAdmin()
		proxier, err = iptablesProxier(record, memory, inertSysctl{}, detector)
	}()
	<-done
	return proxier, memory, err
}

// memoryIPTables keeps rules in memory and tells when they were written.
type memoryIPTables struct {
	*iptablestest.FakeIPTables
	lock    sync.Mutex
	written chan struct{}
}

func (m *memoryIPTables) RestoreAll(data []byte, flush utiliptables.FlushFlag, counters utiliptables.RestoreCountersFlag) error {
	m.lock.Lock()
	err := m.FakeIPTables.RestoreAll(data, flush, counters)
	m.lock.Unlock()
	select {
	case m.written <- struct{}{}:
	default:
	}
	return err
}

func (m *memoryIPTables) await(service string) (ruleset, error) {
	timeout := time.After(patience)
	for {
		if dump := m.saved(); bytes.Contains(dump, []byte(service)) {
			rules, err := iptablestest.ParseIPTablesDump(string(dump))
			return iptablesRules{rules}, err
		}
		select {
		case <-m.written:
		case <-timeout:
			return nil, fmt.Errorf("kube-proxy wrote no rules for %s", service)
		}
	}
}

func (m *memoryIPTables) saved() []byte {
	m.lock.Lock()
	defer m.lock.Unlock()
	var all bytes.Buffer
	for _, table := range []utiliptables.Table{utiliptables.TableFilter, utiliptables.TableNAT} {
		if err := m.FakeIPTables.SaveInto(table, &all); err != nil {
			panic(err)
		}
	}
	return all.Bytes()
}

// inertSysctl stands before the kernel's settings and leaves them alone.
type inertSysctl struct{}

func (inertSysctl) GetSysctl(string) (int, error) { return 1, nil }
func (inertSysctl) SetSysctl(string, int) error   { return nil }

func dropNetAdmin() {
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var data [2]unix.CapUserData
	if err := unix.Capget(&header, &data[0]); err != nil {
		return
	}
	for _, set := range []*uint32{&data[0].Effective, &data[0].Permitted, &data[0].Inheritable} {
		*set &^= 1 << unix.CAP_NET_ADMIN
	}
	// Whoever may not give it away does not have it.
	_ = unix.Capset(&header, &data[0])
}
