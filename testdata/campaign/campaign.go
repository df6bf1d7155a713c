// Package campaign says how much tests do of what is slow by its nature: kills,
// random sequences, storms. The variable CAMPAIGN chooses.
//
//	go test ./...                 a little of each: everybody, all the time
//	CAMPAIGN=ci go test ./...     more of each, for .ci/run
//	CAMPAIGN=full go test ./...   all there is, for .ci/long
//
// Whatever is left out is skipped with a line that says so.
package campaign

import (
	"fmt"
	"os"
	"testing"
)

// Size is how much the tests are to do.
type Size int

// The sizes, from the smallest.
const (
	Quick Size = iota
	CI
	Full
)

// Asked is the size that CAMPAIGN asks for.
func Asked() Size {
	switch asked := os.Getenv("CAMPAIGN"); asked {
	case "":
		return Quick
	case "ci":
		return CI
	case "full":
		return Full
	default:
		panic(fmt.Sprintf("CAMPAIGN is %q; it may be ci, full, or not set", asked))
	}
}

// Of chooses how many of something t does.
func Of(t *testing.T, what string, quick, ci, full int) int {
	t.Helper()
	n := [...]int{quick, ci, full}[Asked()]
	if n < full {
		t.Run("the rest", func(t *testing.T) {
			t.Skipf("a sample: %d of %d %s; CAMPAIGN=ci does %d, CAMPAIGN=full all", n, full, what, ci)
		})
	}
	return n
}

// Needs skips a test that is only done from that size on.
func Needs(t testing.TB, size Size, what string) {
	t.Helper()
	if Asked() < size {
		t.Skipf("left out: %s; CAMPAIGN=%s does it", what, map[Size]string{CI: "ci", Full: "full"}[size])
	}
}

// Some are those of a list that t does, spread over it.
func Some[T any](t *testing.T, what string, all []T, quick, ci int) (some []T) {
	t.Helper()
	n := Of(t, what, min(quick, len(all)), min(ci, len(all)), len(all))
	for i, one := range all {
		if i*n/len(all) < (i+1)*n/len(all) {
			some = append(some, one)
		}
	}
	return some
}
