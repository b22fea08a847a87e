package main

import (
	"sort"
	"time"

	v1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/kubernetes/pkg/controller"
	"strconv"
)

type victimsInput struct {
	// Now and the times of the pods are seconds on one clock.
	Now  int64       `json:"now"`
	Pods []victimPod `json:"pods"`
	// Others are active pods of other revisions of the workload, by node.
	Others []string `json:"others"`
}

type victimPod struct {
	UID          string      `json:"uid"`
	Node         string      `json:"node"`
	Phase        v1.PodPhase `json:"phase"`
	Ready        bool        `json:"ready"`
	DeletionCost int         `json:"deletionCost"`
	ReadySince   *int64      `json:"readySince"`
	Created      *int64      `json:"created"`
}

func init() { register("victims", victims) }

// victims says in which order a shrinking ReplicaSet deletes its pods.
func victims(input victimsInput) ([]string, error) {
	ranked := controller.ActivePodsWithRanks{Now: at(&input.Now)}
	onNode := map[string]int{}
	for _, node := range input.Others {
		onNode[node]++
	}
	for _, record := range input.Pods {
		ranked.Pods = append(ranked.Pods, record.pod())
		onNode[record.Node]++
	}
	for _, pod := range ranked.Pods {
		ranked.Rank = append(ranked.Rank, onNode[pod.Spec.NodeName])
	}
	sort.Sort(ranked)
	order := []string{}
	for _, pod := range ranked.Pods {
		order = append(order, string(pod.UID))
	}
	return order, nil
}

func (r victimPod) pod() *v1.Pod {
	pod := &v1.Pod{
		ObjectMeta: metav1.ObjectMeta{
			UID: types.UID(r.UID), CreationTimestamp: at(r.Created),
			Annotations: map[string]string{"controller.kubernetes.io/pod-deletion-cost": strconv.Itoa(r.DeletionCost)},
		},
		Spec:   v1.PodSpec{NodeName: r.Node},
		Status: v1.PodStatus{Phase: r.Phase},
	}
	if r.Ready {
		pod.Status.Conditions = []v1.PodCondition{{Type: v1.PodReady, Status: v1.ConditionTrue, LastTransitionTime: at(r.ReadySince)}}
	}
	return pod
}

// epoch lies so that no second of a case is the zero time, which means "not known".
var epoch = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func at(second *int64) metav1.Time {
	if second == nil {
		return metav1.Time{}
	}
	return metav1.NewTime(epoch.Add(time.Duration(*second) * time.Second))
}
