package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"k8s.io/kubernetes/pkg/proxy"
	proxyutil "k8s.io/kubernetes/pkg/proxy/util"
)

// standInForNFT is run in place of nft: it takes every transaction down beside itself, in order, and knows of no object.
const standInForNFT = `#!/bin/sh
log="${0%/*}/transactions"
case "$*" in
--version) echo 'nftables v1.0.9 (stand-in)' ;;
'--check -f -') cat >/dev/null ;;
'-f -') cat >>"$log"; echo '` + endOfTransaction + `' >>"$log" ;;
*) echo '{"nftables":[{"metainfo":{"json_schema_version":1}}]}' ;;
esac
`

// standIn writes the program once, before anything is run: a program that is still open for writing in a process that is just
// being made cannot be run.
var standIn = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "evenkeel-oracle-nft-")
	if err != nil {
		return "", err
	}
	temporary = append(temporary, folder)
	path := filepath.Join(folder, "stand-in")
	return path, os.WriteFile(path, []byte(standInForNFT), 0o700)
})

// endOfTransaction tells a whole transaction from one that is still being taken down.
const endOfTransaction = "# end"

// nftLog is the file that transactions are taken down in, and the state that they made so far.
type nftLog struct {
	path  string
	read  int64
	rest  []byte
	rules *nftRules
}

// newNFTablesProxy is a kube-proxy that runs a stand-in for nft; every kube-proxy has a folder of its own for it.
func newNFTablesProxy(record proxyRecord, detector proxyutil.LocalTrafficDetector) (proxy.Provider, writtenRules, error) {
	program, err := standIn()
	if err != nil {
		return nil, nil, err
	}
	folder, err := os.MkdirTemp(filepath.Dir(program), "proxy-")
	if err != nil {
		return nil, nil, err
	}
	if err := os.Symlink(program, filepath.Join(folder, "nft")); err != nil {
		return nil, nil, err
	}
	log := &nftLog{path: filepath.Join(folder, "transactions"), rules: newNFTRules()}
	// kube-proxy looks for nft once, when it is made.
	path := os.Getenv("PATH")
	defer os.Setenv("PATH", path)
	if err := os.Setenv("PATH", folder+string(os.PathListSeparator)+path); err != nil {
		return nil, nil, err
	}
	proxier, err := nftablesProxier(record, detector)
	return proxier, log, err
}

func (l *nftLog) await(service string) (ruleset, error) {
	l.rules.notes = nil
	deadline := time.Now().Add(patience)
	for {
		if err := l.readOn(); err != nil {
			return nil, err
		}
		if l.rules.mentions(service) {
			return l.rules, nil
		}
		if time.Now().After(deadline) {
			return nil, fmt.Errorf("kube-proxy wrote no rules for %s", service)
		}
		time.Sleep(200 * time.Microsecond)
	}
}

// readOn takes in what was written since, up to the last whole transaction.
func (l *nftLog) readOn() error {
	file, err := os.Open(l.path)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	defer file.Close()
	if _, err := file.Seek(l.read, 0); err != nil {
		return err
	}
	var text bytes.Buffer
	count, err := text.ReadFrom(file)
	if err != nil {
		return err
	}
	l.read += count
	l.rest = append(l.rest, text.Bytes()...)
	for {
		transaction, rest, whole := bytes.Cut(l.rest, []byte(endOfTransaction+"\n"))
		if !whole {
			return nil
		}
		l.rest = rest
		for line := range strings.Lines(string(transaction)) {
			if err := l.rules.apply(strings.TrimSuffix(line, "\n")); err != nil {
				return err
			}
		}
	}
}
