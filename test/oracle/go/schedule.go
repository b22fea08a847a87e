package main

import "context"

// scheduled is what became of one pod: a node, or why there is none.
type scheduled struct {
	Node  string `json:"node,omitempty"`
	Unfit string `json:"unfit,omitempty"`
}

func init() { register("schedule", schedule) }

// schedule places the pending pods one after another, each on top of those before it.
func schedule(input placementInput) ([]scheduled, error) {
	s, err := newScheduler(input)
	if err != nil {
		return nil, err
	}
	defer s.stop()
	output := []scheduled{}
	for _, record := range input.Pending {
		pod, err := record.pod()
		if err != nil {
			return nil, err
		}
		if err := s.refresh(); err != nil {
			return nil, err
		}
		info, err := queued(pod)
		if err != nil {
			return nil, err
		}
		result, err := s.SchedulePod(context.Background(), s.profile, newState(), info)
		if err != nil {
			output = append(output, scheduled{Unfit: err.Error()})
			continue
		}
		pod.Spec.NodeName = result.SuggestedHost
		if err := s.Cache.AssumePod(s.logger, pod); err != nil {
			return nil, err
		}
		output = append(output, scheduled{Node: result.SuggestedHost})
	}
	return output, nil
}
