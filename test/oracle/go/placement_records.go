package main

import (
	"context"
	"fmt"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	api "k8s.io/kubernetes/pkg/apis/core"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	podregistry "k8s.io/kubernetes/pkg/registry/core/pod"
)

// placementInput is a cluster and the pods that wait for a node, as records of packages/core/src/model.
type placementInput struct {
	Nodes      []placementNode   `json:"nodes"`
	Pods       []podRecord       `json:"pods"`
	Services   []selectorRecord  `json:"services"`
	Owners     []ownerRecord     `json:"owners"`
	Namespaces []namespaceRecord `json:"namespaces"`
	Pending    []podRecord       `json:"pending"`
}

type placementNode struct {
	Name          string              `json:"name"`
	Labels        map[string]string   `json:"labels"`
	Taints        []v1.Taint          `json:"taints"`
	Unschedulable bool                `json:"unschedulable"`
	Allocatable   map[string]int64    `json:"allocatable"`
	Images        []v1.ContainerImage `json:"images"`
}

type podRecord struct {
	Namespace   string                 `json:"namespace"`
	Name        string                 `json:"name"`
	Labels      map[string]string      `json:"labels"`
	Owner       *metav1.OwnerReference `json:"owner"`
	Terminating bool                   `json:"terminating"`
	Spec        podSpecRecord          `json:"spec"`
}

// podSpecRecord shares the names of core/v1 except in its containers.
type podSpecRecord struct {
	NodeName                  string                        `json:"nodeName"`
	HostNetwork               bool                          `json:"hostNetwork"`
	NodeSelector              map[string]string             `json:"nodeSelector"`
	Affinity                  *v1.Affinity                  `json:"affinity"`
	Tolerations               []v1.Toleration               `json:"tolerations"`
	TopologySpreadConstraints []v1.TopologySpreadConstraint `json:"topologySpreadConstraints"`
	Containers                []containerRecord             `json:"containers"`
	InitContainers            []containerRecord             `json:"initContainers"`
	Overhead                  map[string]int64              `json:"overhead"`
	Resources                 map[string]int64              `json:"resources"`
}

type containerRecord struct {
	Name          string                     `json:"name"`
	Image         string                     `json:"image"`
	Requests      map[string]int64           `json:"requests"`
	Ports         []v1.ContainerPort         `json:"ports"`
	RestartPolicy *v1.ContainerRestartPolicy `json:"restartPolicy"`
}

type selectorRecord struct {
	Namespace string            `json:"namespace"`
	Selector  map[string]string `json:"selector"`
}

type ownerRecord struct {
	Kind      string               `json:"kind"`
	Namespace string               `json:"namespace"`
	Name      string               `json:"name"`
	Selector  metav1.LabelSelector `json:"selector"`
}

type namespaceRecord struct {
	Name   string            `json:"name"`
	Labels map[string]string `json:"labels"`
}

func resourceList(amounts map[string]int64) v1.ResourceList {
	if amounts == nil {
		return nil
	}
	list := v1.ResourceList{}
	for name, amount := range amounts {
		if name == string(v1.ResourceCPU) {
			list[v1.ResourceCPU] = *resource.NewMilliQuantity(amount, resource.DecimalSI)
		} else {
			list[v1.ResourceName(name)] = *resource.NewQuantity(amount, resource.BinarySI)
		}
	}
	return list
}

func (r placementNode) node() *v1.Node {
	return &v1.Node{
		ObjectMeta: metav1.ObjectMeta{Name: r.Name, Labels: r.Labels},
		Spec:       v1.NodeSpec{Taints: r.Taints, Unschedulable: r.Unschedulable},
		Status:     v1.NodeStatus{Allocatable: resourceList(r.Allocatable), Images: r.Images},
	}
}

func (r containerRecord) container() v1.Container {
	return v1.Container{
		Name: r.Name, Image: r.Image, Ports: r.Ports, RestartPolicy: r.RestartPolicy,
		Resources: v1.ResourceRequirements{Requests: resourceList(r.Requests), Limits: limits(r.Requests)},
	}
}

// limits repeats requests for the resources that may not be overcommitted, which the API server demands.
func limits(amounts map[string]int64) v1.ResourceList {
	list := v1.ResourceList{}
	for name, quantity := range resourceList(amounts) {
		if name != v1.ResourceCPU && name != v1.ResourceMemory && name != v1.ResourceEphemeralStorage {
			list[name] = quantity
		}
	}
	return list
}

// pod is the object as the API server stores it when somebody creates it: defaulted, with label keys folded into selectors, and
// refused where it is not valid.
func (r podRecord) pod() (*v1.Pod, error) {
	given := &v1.Pod{
		ObjectMeta: metav1.ObjectMeta{Namespace: r.Namespace, Name: r.Name, UID: types.UID(r.Namespace + "/" + r.Name), Labels: r.Labels},
		Spec: v1.PodSpec{
			NodeName:                  r.Spec.NodeName,
			HostNetwork:               r.Spec.HostNetwork,
			NodeSelector:              r.Spec.NodeSelector,
			Affinity:                  r.Spec.Affinity,
			Tolerations:               r.Spec.Tolerations,
			TopologySpreadConstraints: r.Spec.TopologySpreadConstraints,
			Overhead:                  resourceList(r.Spec.Overhead),
		},
	}
	if r.Spec.Resources != nil {
		given.Spec.Resources = &v1.ResourceRequirements{Requests: resourceList(r.Spec.Resources)}
	}
	if r.Owner != nil {
		controller := true
		owner := *r.Owner
		owner.UID = types.UID(owner.Kind + "/" + owner.Name)
		owner.Controller = &controller
		owner.APIVersion = apiVersion(owner.Kind)
		given.OwnerReferences = []metav1.OwnerReference{owner}
	}
	for _, container := range r.Spec.Containers {
		given.Spec.Containers = append(given.Spec.Containers, container.container())
	}
	for _, container := range r.Spec.InitContainers {
		given.Spec.InitContainers = append(given.Spec.InitContainers, container.container())
	}
	legacyscheme.Scheme.Default(given)

	internal := &api.Pod{}
	if err := legacyscheme.Scheme.Convert(given, internal, nil); err != nil {
		return nil, err
	}
	podregistry.Strategy.PrepareForCreate(context.Background(), internal)
	if errs := podregistry.Strategy.Validate(context.Background(), internal); len(errs) > 0 {
		return nil, fmt.Errorf("pod %s/%s: %w", r.Namespace, r.Name, errs.ToAggregate())
	}
	stored := &v1.Pod{}
	if err := legacyscheme.Scheme.Convert(internal, stored, nil); err != nil {
		return nil, err
	}
	if r.Terminating {
		now := metav1.NewTime(time.Unix(0, 0))
		stored.DeletionTimestamp = &now
	}
	return stored, nil
}

func apiVersion(kind string) string {
	if kind == "ReplicationController" {
		return v1.SchemeGroupVersion.String()
	}
	return appsv1.SchemeGroupVersion.String()
}
