package cmd

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/spelling"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
)

// placeOf is where the levels of a warehouse lie. named may also be a location of which
// levels are left although no warehouse stands for it any more.
func placeOf(ctx context.Context, p *access.Access, db job.Warehouses, store, named string) (*importer.Place, error) {
	found, err := db.WarehouseNamed(ctx, store, named)
	if errors.Is(err, job.ErrNoWarehouse) {
		if left, leftErr := db.HoldsStockAt(ctx, store, named); leftErr == nil && left {
			return &importer.Place{Location: named}, nil
		}
	}
	if err != nil {
		return nil, warehouseFault(ctx, p, db, store, named, err)
	}
	if found.ExternalID == "" {
		p.Face.Note("warehouse %s (%s) stands for no location, so it holds no stock", found.ID, plain.Line(found.Name))
	}
	place := found.Place()
	return &place, nil
}

// warehouseFault adds to an error about a named warehouse what to type next.
func warehouseFault(ctx context.Context, p *access.Access, db job.Warehouses, store, named string, err error) error {
	switch {
	case errors.Is(err, job.ErrNoWarehouse):
		if meant := nearestWarehouse(ctx, db, store, named); meant != "" {
			return usage.Fault(p.Face.TypedLine().WithWord(named, meant, "--warehouse").Next(), "%s; did you mean %q?", err, meant)
		}
	case errors.Is(err, job.ErrLinked):
		return usage.Fault(usage.Again("--move"), "%s", err)
	case errors.Is(err, job.ErrMergeChanged):
		return &connector.Fault{Code: connector.StalePlan, Message: err.Error() + "; nothing was merged",
			Next: p.Face.TypedLine().Again().Next()}
	case errors.Is(err, job.ErrTwoWarehouses), errors.Is(err, job.ErrUnlinked), errors.Is(err, job.ErrSameWarehouse),
		errors.Is(err, job.ErrTwoPlaces):
	default:
		return err
	}
	return usage.Fault(connector.Typed("warehouses list").For(store).Next(), "%s", err)
}

// nearestWarehouse is the name or id nearest to what was typed, "" when none comes near. A
// number is not like any other number.
func nearestWarehouse(ctx context.Context, db job.Warehouses, store, named string) string {
	if _, err := strconv.Atoi(named); err == nil {
		return ""
	}
	var known []string
	all, _ := db.Warehouses(ctx, store) // without them there is just no suggestion
	for _, w := range all {
		known = append(known, w.Name)
		if w.ExternalID != "" {
			known = append(known, w.ExternalID)
		}
	}
	if meant := spelling.Nearest(named, known); meant != "" {
		return meant
	}
	for _, w := range all {
		if strings.Contains(strings.ToLower(w.Name), strings.ToLower(named)) {
			return w.Name
		}
	}
	return ""
}
