package spelling

import (
	"cmp"
	"slices"
	"strings"
)

// Nearest returns what was most likely meant by a word, "" when no known word is within
// two mistakes of it.
func Nearest[T ~string](word string, known []T) string {
	best, least := "", 3
	for _, candidate := range known {
		far := farFrom(word, string(candidate))
		if far < least && far < len(word) {
			best, least = string(candidate), far
		}
	}
	return best
}

// farFrom returns how many mistakes lie between a word and a candidate, 0 when the
// candidate begins with the word.
func farFrom(word, candidate string) int {
	if len(word) > 1 && strings.HasPrefix(candidate, word) {
		return 0
	}
	return distance(strings.ToLower(word), strings.ToLower(candidate))
}

// distance returns how many letters have to be changed, added, left out or swapped with
// their neighbour to make one word of the other.
func distance(a, b string) int {
	before, row := []int(nil), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		last := row
		row = make([]int, len(b)+1)
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before = last
	}
	return row[len(b)]
}

// NearestFirst sorts words by how near they are to what was typed.
func NearestFirst(typed string, known []string) []string {
	return slices.SortedFunc(slices.Values(known), func(a, b string) int {
		return cmp.Or(cmp.Compare(farFrom(typed, a), farFrom(typed, b)), strings.Compare(a, b))
	})
}
