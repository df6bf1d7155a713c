package plain

import (
	"strings"
	"unicode/utf8"

	"github.com/olekukonko/tablewriter/pkg/twwidth"
)

// WidthOf is how many columns of a terminal a text takes, measured as tablewriter
// does.
func WidthOf(text string) int { return twwidth.WidthWithOptions(text, twwidth.Options{}) }

// Cut shortens text to a number of terminal columns, with an ellipsis.
func Cut(text string, columns int) string {
	if len(text) <= columns { // no character is wider than its bytes are many
		return text
	}
	taken, end := 0, 0 // end of what fits beside an ellipsis
	for i, r := range text {
		if taken < columns {
			end = i
		}
		if taken += WidthOf(string(r)); taken > columns {
			return text[:end] + "…"
		}
	}
	return text
}

// cutFront shortens text like Cut, at its beginning.
func cutFront(text string, columns int) string {
	if len(text) <= columns || WidthOf(text) <= columns {
		return text
	}
	taken, start := 0, len(text)
	for start > 0 {
		r, size := utf8.DecodeLastRuneInString(text[:start])
		if taken += WidthOf(string(r)); taken >= columns {
			break
		}
		start -= size
	}
	return "…" + text[start:]
}

// CutBytes shortens text to a number of bytes, with an ellipsis behind them.
func CutBytes(text string, longest int) string {
	if len(text) <= longest {
		return text
	}
	return strings.ToValidUTF8(text[:longest], "") + "…"
}

// WrapText breaks text between words into lines of that many columns. Text that holds
// line breaks keeps them.
func WrapText(text string, columns int) []string {
	var lines []string
	for whole := range strings.SplitSeq(text, "\n") {
		line, used := "", 0
		for word := range strings.SplitSeq(whole, " ") {
			if needed := used + 1 + WidthOf(word); line != "" && needed > columns {
				lines, line, used = append(lines, line), "", 0
			}
			if line != "" {
				line, used = line+" ", used+1
			}
			line, used = line+word, used+WidthOf(word)
		}
		lines = append(lines, line)
	}
	return lines
}
