package job

import (
	"errors"
	"testing"

	"github.com/eshopos/eshopctl/connector"
)

// A mapping is changed while no run holds the store.
func TestTheMappingIsChangedUnderTheLock(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Shop", "Cellar")
	w.previewed()
	const cellar = "gid://shopify/Location/2"
	if done, err := LinkWarehouse(t.Context(), w.env(), w.link, LinkRequest{Warehouse: "7", Location: cellar}); err != nil || done.Warehouse.ID != "7" || done.Warehouse.ExternalID != cellar {
		t.Errorf("%+v: %v", done, err)
	}
	w.came("lock link release-lock")
	if done, err := LinkWarehouse(t.Context(), w.env(), w.link, LinkRequest{Location: cellar}); err != nil || done.Warehouse.Name != "Cellar" {
		t.Errorf("%+v: %v", done, err)
	}
	w.came("lock link-new release-lock")
	if was, err := UnlinkWarehouse(t.Context(), w.env(), w.link, "7"); err != nil || was.ID != "7" {
		t.Errorf("%+v: %v", was, err)
	}
	w.came("lock unlink release-lock")

	w.fails["lock"] = &connector.Fault{Code: connector.Locked, Message: "held"}
	if _, err := UnlinkWarehouse(t.Context(), w.env(), w.link, "7"); codeOf(err) != connector.Locked {
		t.Error(err)
	}
	w.came("lock")
}

// A location that the shop did not show when it was read last is refused. Where that is
// not known, or was of another shop, it may be right.
func TestALocationThatWasNotShown(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Shop")
	nowhere := LinkRequest{Location: "gid://shopify/Location/404"}
	if done, err := LinkWarehouse(t.Context(), w.env(), w.link, nowhere); err != nil || done.Warehouse.Name != nowhere.Location {
		t.Errorf("nothing was read yet: %+v, %v", done, err)
	}
	w.previewed()
	if _, err := LinkWarehouse(t.Context(), w.env(), w.link, nowhere); codeOf(err) != connector.Usage {
		t.Errorf("it was read: %v", err)
	}
	w.came("lock release-lock")
	w.link.AccountID = "gid://shopify/Shop/2"
	if _, err := LinkWarehouse(t.Context(), w.env(), w.link, nowhere); err != nil {
		t.Errorf("another shop was read: %v", err)
	}
}

// A merge is shown before it is done, and not done without a yes.
func TestAMergeIsAsked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if merge, err := Merge(t.Context(), w.env(), w.link, "7", "1"); err != nil || merge.From.ID != "7" || merge.Into.ID != "1" {
		t.Errorf("%+v: %v", merge, err)
	}
	w.came("lock plan-merge ask merge release-lock")
	no := errors.New("no")
	w.answer = no
	if _, err := Merge(t.Context(), w.env(), w.link, "7", "1"); !errors.Is(err, no) {
		t.Error(err)
	}
	w.came("lock plan-merge ask release-lock")
}
