package main

import (
	"context"
	"slices"

	fwk "k8s.io/kube-scheduler/framework"
	"k8s.io/kubernetes/pkg/scheduler/framework/plugins/names"
)

// scoreOutput is what the scheduler makes of one pod and every node, without sampling.
type scoreOutput struct {
	// Unfit is the message that keeps the pod from every node before any is looked at.
	Unfit    string          `json:"unfit,omitempty"`
	Scores   []nodeScores    `json:"scores"`
	Rejected []nodeRejection `json:"rejected"`
}

type nodeScores struct {
	Node string `json:"node"`
	// Plugins has the normalized, weighted scores; a plugin that skipped the pod is absent.
	Plugins map[string]int64 `json:"plugins"`
	Total   int64            `json:"total"`
}

type nodeRejection struct {
	Node       string   `json:"node"`
	Plugin     string   `json:"plugin"`
	Reasons    []string `json:"reasons"`
	Resolvable bool     `json:"resolvable"`
}

func init() { register("score", score) }

func score(input placementInput) (scoreOutput, error) {
	output := scoreOutput{Scores: []nodeScores{}, Rejected: []nodeRejection{}}
	s, err := newScheduler(input)
	if err != nil {
		return output, err
	}
	defer s.stop()
	pod, err := input.Pending[0].pod()
	if err != nil {
		return output, err
	}
	if err := s.refresh(); err != nil {
		return output, err
	}
	ctx := context.Background()
	state := newState()
	candidates, status, _ := s.profile.RunPreFilterPlugins(ctx, state, pod)
	if !status.IsSuccess() {
		output.Unfit = status.Message()
		return output, nil
	}
	nodes, err := s.snapshot.NodeInfos().List()
	if err != nil {
		return output, err
	}
	var feasible []fwk.NodeInfo
	for _, node := range nodes {
		name := node.Node().Name
		if !candidates.AllNodes() && !candidates.NodeNames.Has(name) {
			continue
		}
		if status := s.profile.RunFilterPlugins(ctx, state, pod, node); !status.IsSuccess() {
			// Resources that a pod asks for are walked in the order of a Go map.
			reasons := slices.Sorted(slices.Values(status.Reasons()))
			output.Rejected = append(output.Rejected, nodeRejection{
				Node: name, Plugin: status.Plugin(), Reasons: reasons, Resolvable: status.Code() == fwk.Unschedulable,
			})
			continue
		}
		feasible = append(feasible, node)
	}
	if len(feasible) == 0 {
		return output, nil
	}
	if status := s.profile.RunPreScorePlugins(ctx, state, pod, feasible); !status.IsSuccess() {
		return output, status.AsError()
	}
	scores, status := s.profile.RunScorePlugins(ctx, state, pod, feasible)
	if !status.IsSuccess() {
		return output, status.AsError()
	}
	for _, node := range scores {
		plugins := map[string]int64{}
		for _, plugin := range node.Scores {
			// These score devices and volumes that pods claim; these pods claim none.
			if plugin.Score == 0 && (plugin.Name == names.DynamicResources || plugin.Name == names.VolumeBinding) {
				continue
			}
			plugins[plugin.Name] = plugin.Score
		}
		output.Scores = append(output.Scores, nodeScores{Node: node.Name, Plugins: plugins, Total: node.TotalScore})
	}
	return output, nil
}
