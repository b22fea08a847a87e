// Command oracle answers questions about Services and placement with Kubernetes' own code: one JSON request a line on standard
// input, one JSON answer a line on standard output.
//
//	{"id": 1, "op": "categorize", "input": {…}}  ->  {"id": 1, "output": {…}}  or  {"id": 1, "error": "…"}
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	_ "k8s.io/endpointslice/topologycache"
	_ "k8s.io/endpointslice/trafficdist"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	_ "k8s.io/kubernetes/pkg/apis/core/validation"
	_ "k8s.io/kubernetes/pkg/proxy"
	_ "k8s.io/kubernetes/pkg/scheduler"
)

type request struct {
	ID    json.RawMessage `json:"id"`
	Op    string          `json:"op"`
	Input json.RawMessage `json:"input"`
}

type answer struct {
	ID     json.RawMessage `json:"id"`
	Output any             `json:"output,omitempty"`
	Error  string          `json:"error,omitempty"`
}

// operations lists every question the oracle answers; each has a file of its own.
var operations = map[string]func(json.RawMessage) (any, error){}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<28)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	for in.Scan() {
		if err := encoder.Encode(respond(in.Bytes())); err != nil {
			fmt.Fprintln(os.Stderr, "oracle:", err)
			os.Exit(1)
		}
		// An interactive caller waits for each answer; a pipe with more input ready does not need the flush, but it is cheap.
		out.Flush()
	}
	if err := in.Err(); err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(1)
	}
}

func respond(line []byte) (a answer) {
	var r request
	if err := json.Unmarshal(line, &r); err != nil {
		return answer{Error: "bad request: " + err.Error()}
	}
	a.ID = r.ID
	defer func() {
		if p := recover(); p != nil {
			a = answer{ID: r.ID, Error: fmt.Sprintf("panic: %v", p)}
		}
	}()
	op, ok := operations[r.Op]
	if !ok {
		a.Error = "unknown operation " + r.Op
		return a
	}
	output, err := op(r.Input)
	if err != nil {
		a.Error = err.Error()
		return a
	}
	a.Output = output
	return a
}
