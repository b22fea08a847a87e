package main

import "k8s.io/apimachinery/pkg/api/resource"

type quantityInput struct {
	Text string `json:"text"`
}

type quantityOutput struct {
	Error string `json:"error,omitempty"`
	Value *int64 `json:"value,omitempty"`
	Milli *int64 `json:"milli,omitempty"`
	// Negative amounts are refused for every resource; rounding and overflow of theirs differ by the way they were read.
	Negative bool `json:"negative,omitempty"`
}

func init() { register("quantity", quantity) }

func quantity(input quantityInput) (quantityOutput, error) {
	parsed, err := resource.ParseQuantity(input.Text)
	if err != nil {
		return quantityOutput{Error: err.Error()}, nil
	}
	if parsed.Sign() < 0 {
		return quantityOutput{Negative: true}, nil
	}
	value, milli := parsed.Value(), parsed.MilliValue()
	return quantityOutput{Value: &value, Milli: &milli}, nil
}
