package records

import (
	"testing"
)

func TestKindOfCollection(t *testing.T) {
	manual := collectionSource{Kind: "CollectionConditionsSource"}
	smart := manual
	smart.Inclusion.Conditions = make([]struct{ ID string }, 1)
	for _, c := range []struct {
		sources []collectionSource
		want    string
	}{
		{nil, "manual"}, {[]collectionSource{manual}, "manual"}, {[]collectionSource{manual, smart}, "smart"},
		{[]collectionSource{{Kind: "CollectionSubCollectionsSource"}}, "smart"},
	} {
		if got := (&Collection{Sources: c.sources}).sourceKind(); got != c.want {
			t.Errorf("%v: got %s", c.sources, got)
		}
	}
}
