package job

import (
	"context"

	"github.com/eshopos/eshopctl/connector"
)

// Merge joins two warehouses that are one place, when the operator has seen what
// that means.
func Merge(ctx context.Context, env Env, c connector.Connector, from, into string) (merge MergePlan, err error) {
	err = HoldStore(ctx, env.State, c.ID(), changeOfMapping, func() error {
		if merge, err = env.State.PlanMerge(ctx, c, from, into); err != nil {
			return err
		}
		if err := env.Operator.Confirm(ctx, MergeQuestion{Store: c.Store, Plan: merge}); err != nil {
			return err
		}
		return env.State.MergeWarehouses(ctx, c, merge)
	})
	return merge, err
}
