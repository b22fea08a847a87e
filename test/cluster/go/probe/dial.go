package main

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"syscall"
	"time"
)

// dialSpec asks for a number of new connections to one address.
type dialSpec struct {
	To string `json:"to"`
	// From is the address to open them from; the kernel's choice without it.
	From  string `json:"from,omitempty"`
	Count int    `json:"count"`
	// InTurn opens each after the one before has ended; otherwise all at once.
	InTurn         bool `json:"inTurn,omitempty"`
	TimeoutSeconds int  `json:"timeoutSeconds"`
}

// connection is how one ended. End is answered, refused, timeout, reset or unreachable, or the system's own words.
type connection struct {
	End    string `json:"end"`
	By     string `json:"by,omitempty"`
	Source string `json:"source,omitempty"`
}

// slots bounds what one namespace has under way at a time.
var slots = make(chan struct{}, 400)

func dial(spec dialSpec) []connection {
	ended := make([]connection, spec.Count)
	var all sync.WaitGroup
	for i := range ended {
		all.Add(1)
		one := func() {
			defer all.Done()
			slots <- struct{}{}
			defer func() { <-slots }()
			ended[i] = connect(spec)
		}
		if spec.InTurn {
			one()
		} else {
			go one()
		}
	}
	all.Wait()
	return ended
}

func connect(spec dialSpec) connection {
	timeout := time.Duration(spec.TimeoutSeconds) * time.Second
	dialer := net.Dialer{Timeout: timeout}
	if spec.From != "" {
		dialer.LocalAddr = &net.TCPAddr{IP: net.ParseIP(spec.From)}
	}
	conn, err := dialer.Dial("tcp4", spec.To)
	if err != nil {
		return connection{End: word(err)}
	}
	defer conn.Close()
	// Hanging up with a reset leaves no connection waiting that a later one from the same port could run into.
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.SetDeadline(time.Now().Add(timeout))
	line, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil {
		return connection{End: word(err)}
	}
	by, source, ok := strings.Cut(strings.TrimSpace(line), " ")
	if !ok {
		return connection{End: fmt.Sprintf("said %q", line)}
	}
	return connection{End: "answered", By: by, Source: source}
}

func word(err error) string {
	var timeout net.Error
	switch {
	case errors.As(err, &timeout) && timeout.Timeout():
		return "timeout"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "refused"
	case errors.Is(err, syscall.ECONNRESET):
		return "reset"
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return "unreachable"
	}
	return err.Error()
}
