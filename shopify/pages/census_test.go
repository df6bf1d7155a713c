package pages

import (
	"fmt"
	"testing"

	"github.com/eshopos/eshopctl/testdata/answers"
)

func TestCensusCountsIdsOnce(t *testing.T) {
	c, different := newCensus(answers.NewSorter()), map[int]bool{}
	for i := range 1000 {
		different[i*i%700] = true
		if err := c.add(fmt.Sprintf("gid://shopify/Product/%d", i*i%700)); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := c.distinct(); err != nil || c.heads != 1000 || n != len(different) {
		t.Errorf("heads %d, distinct %d of %d, %v", c.heads, n, len(different), err)
	}
	c.Close()
}
