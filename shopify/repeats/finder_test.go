package repeats

import (
	"fmt"
	"testing"

	"github.com/eshopos/eshopctl/testdata/answers"
)

func TestFinderCountsIDsOnce(t *testing.T) {
	f, different := NewFinder(answers.NewSorter()), map[int]bool{}
	for i := range 1000 {
		different[i*i%700] = true
		if err := f.AddID(fmt.Sprintf("gid://shopify/Product/%d", i*i%700)); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.AddID(""); err != nil {
		t.Fatal(err)
	}
	if err := f.AddID(""); err != nil {
		t.Fatal(err)
	}
	if n, err := f.CountDistinct(); err != nil || n != len(different)+2 {
		t.Errorf("%d distinct of %d, %v", n, len(different)+2, err)
	}
	f.Close()
}
