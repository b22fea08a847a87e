// Command older answers what the API server's validation is asked, in the protocol of the oracle, with the code of an older
// Kubernetes: the package apiserver is the same, the module file is another. Scheduling and routing are not asked of older releases.
//
//	go build -modfile=kubernetes-1.34.mod ./older
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"evenkeel.io/test/oracle/apiserver"
	"k8s.io/klog/v2"
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

func main() {
	quiet()
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(make([]byte, 1<<20), 1<<28)
	encoder := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		if err := encoder.Encode(respond(lines.Bytes())); err != nil {
			fail(err)
		}
	}
	if err := lines.Err(); err != nil {
		fail(err)
	}
}

func respond(line []byte) answer {
	var asked request
	if err := json.Unmarshal(line, &asked); err != nil {
		return answer{Error: "bad request: " + err.Error()}
	}
	output, err := perform(asked)
	if err != nil {
		return answer{ID: asked.ID, Error: err.Error()}
	}
	return answer{ID: asked.ID, Output: output}
}

func perform(asked request) (any, error) {
	switch asked.Op {
	case "validate":
		return ask(asked.Input, apiserver.AnswerCreate)
	case "validateUpdate":
		return ask(asked.Input, apiserver.AnswerUpdate)
	case "validateWorkload":
		return ask(asked.Input, apiserver.AnswerCreateWorkload)
	case "version":
		return version(), nil
	default:
		return nil, fmt.Errorf("unknown operation %s", asked.Op)
	}
}

func ask[Input, Output any](raw json.RawMessage, operation func(Input) (Output, error)) (any, error) {
	var input Input
	if err := json.Unmarshal(raw, &input); err != nil {
		return nil, err
	}
	return operation(input)
}

func version() map[string]string {
	found := map[string]string{}
	if info, ok := debug.ReadBuildInfo(); ok {
		found["go"] = info.GoVersion
		for _, module := range info.Deps {
			if module.Path == "k8s.io/kubernetes" {
				found[module.Path] = module.Version
			}
		}
	}
	return found
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "older:", err)
	os.Exit(1)
}

// quiet keeps Kubernetes' log off standard error: the cases are full of what it warns of.
func quiet() {
	flags := flag.NewFlagSet("klog", flag.PanicOnError)
	klog.InitFlags(flags)
	if err := flags.Parse([]string{"-logtostderr=false", "-alsologtostderr=false", "-stderrthreshold=FATAL"}); err != nil {
		fail(err)
	}
	klog.SetOutput(io.Discard)
}
