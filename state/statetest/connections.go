package statetest

import (
	"errors"
	"maps"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
)

// TestOneHoldsAStore: of several programs one at a time holds what a store has of one
// provider, and the others hear who does.
func TestOneHoldsAStore(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(1, 1))
	other := b.another()
	mine, theirs := b.Engine.StoreLock(b.Link.ID()), other.StoreLock(b.Link.ID())
	if theirs.IsHeld() {
		t.Error("it is held by nobody")
	}
	if err := mine.Take(t.Context(), "an import of store main"); err != nil {
		t.Fatal(err)
	}
	err := theirs.Take(t.Context(), "a preview")
	if fault := (*connector.Fault)(nil); !errors.As(err, &fault) || fault.Code != connector.Locked || !strings.Contains(fault.Message, "an import of store main") {
		t.Errorf("taken twice: %v", err)
	}
	if !theirs.IsHeld() || !strings.Contains(theirs.Holder(t.Context()), "an import of store main") {
		t.Errorf("held by %q", theirs.Holder(t.Context()))
	}
	for _, free := range []job.Lock{
		other.StoreLock(connector.ID{Store: "other", Provider: "shopify"}), other.StoreLock(connector.ID{Store: "main", Provider: "madeup"}), other.ApplyLock(),
	} {
		if err := errors.Join(free.Take(t.Context(), "another thing"), free.Release()); err != nil {
			t.Errorf("what nobody holds: %v", err)
		}
	}
	if err := mine.Release(); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(theirs.Wait(t.Context(), "a preview"), theirs.Release()); err != nil {
		t.Errorf("given back: %v", err)
	}
}

// TestSecretsAreThoseOfTheInstall: they are opened for the install that they came with,
// replaced in one step, and forgotten beyond recovery when it ends.
func TestSecretsAreThoseOfTheInstall(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(1, 1))
	ctx := t.Context()
	token := func() string {
		link, err := b.another().Connector(ctx, "main", "shopify")
		if err != nil {
			t.Fatal(err)
		}
		secrets, err := b.Engine.Secrets(ctx, link)
		if err != nil {
			t.Fatal(err)
		}
		return secrets.AccessToken.Reveal()
	}
	if got := token(); got != "shpat_of_shopify" {
		t.Errorf("the token is %q", got)
	}
	if err := b.Engine.SaveTokens(ctx, b.Link, connector.TokenInfo{}, connector.Secrets{AccessToken: connector.NewSecret("shpat_renewed")}); err != nil {
		t.Fatal(err)
	}
	if got := token(); got != "shpat_renewed" {
		t.Errorf("renewed it is %q", got)
	}
	was := b.Link
	b.Connect()
	for what, err := range map[string]error{
		"tokens":  b.Engine.SaveTokens(ctx, was, connector.TokenInfo{}, connector.Secrets{AccessToken: connector.NewSecret("shpat_late")}),
		"contact": b.Engine.RecordContact(ctx, was),
		"an end":  b.Engine.EndInstall(ctx, was, connector.Disconnected),
	} {
		if !errors.Is(err, connector.ErrInstallChanged) {
			t.Errorf("%s of the install before: %v", what, err)
		}
	}
	if got := token(); got != "shpat_of_shopify" {
		t.Errorf("after what came late it is %q", got)
	}
	if err := b.Engine.EndInstall(ctx, b.Link, connector.Disconnected); err != nil {
		t.Fatal(err)
	}
	if got := token(); got != "" {
		t.Errorf("after the end it is %q", got)
	}
}

// TestAShopBelongsToOneStore: an account is attached to one store, until that lets it go.
func TestAShopBelongsToOneStore(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(1, 1))
	other := b.Link
	other.Store = "other"
	secrets := connector.Secrets{AccessToken: connector.NewSecret("shpat_other")}
	if _, err := b.Engine.SaveInstall(t.Context(), other, secrets); !errors.Is(err, connector.ErrShopTaken) {
		t.Errorf("for another store: %v", err)
	}
	for _, by := range [][2]string{{b.Link.AccountID, ""}, {"", b.Link.Domain}} {
		if holder, ok, err := b.Engine.Holder(t.Context(), "shopify", by[0], by[1]); err != nil || !ok || holder.Store != "main" {
			t.Errorf("held by %q, %t, %v", holder.Store, ok, err)
		}
	}
	if err := b.Engine.EndInstall(t.Context(), b.Link, connector.Disconnected); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Engine.SaveInstall(t.Context(), other, secrets); err != nil {
		t.Errorf("let go: %v", err)
	}
	all, err := b.Engine.Connectors(t.Context())
	if err != nil || len(all) != 2 || all[0].Store != "main" || all[1].Store != "other" {
		t.Errorf("%v, %v", all, err)
	}
}

// TestReconnectingLooksNoFresher: data is as old as it was.
func TestReconnectingLooksNoFresher(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(1, 1))
	b.Run()
	before := b.freshness()
	for range 2 {
		b.Connect()
		if now := b.freshness(); len(before) != len(connector.Resources()) || !maps.Equal(now, before) {
			t.Errorf("%v, it was %v", now, before)
		}
	}
}

// TestAPartMakesNothingElseLookFresh: the age of what a run did not read goes on from where
// it was.
func TestAPartMakesNothingElseLookFresh(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(1, 3))
	b.Run()
	before := b.freshness()
	_, plan, err := b.PreviewOf([]connector.Resource{connector.Products, connector.Warehouses}, importer.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	run, err := b.Apply(plan)
	if err != nil {
		t.Fatal(err)
	}
	after := b.freshness()
	for _, resource := range connector.Resources() {
		read := resource == connector.Products || resource == connector.Warehouses
		if moved := after[resource].AsOf.After(before[resource].AsOf); moved != read || after[resource].ImportedAt.Equal(before[resource].ImportedAt) == read {
			t.Errorf("%s: from %v to %v", resource, before[resource], after[resource])
		}
	}
	if run.AsOf == nil || !run.AsOf.Equal(plan.AsOf) {
		t.Errorf("read as of %v, want %v", run.AsOf, plan.AsOf)
	}
}

func (b *Bench) freshness() map[connector.Resource]importer.Freshness {
	b.t.Helper()
	ages, err := b.Engine.Freshness(b.t.Context(), b.Link)
	if err != nil {
		b.t.Fatal(err)
	}
	return ages
}
