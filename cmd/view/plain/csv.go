package plain

import (
	"encoding/csv"
	"io"
	"iter"
	"strings"
	"unicode"

	"github.com/eshopos/eshopctl/importer"
)

// WriteCSV writes rows as RFC 4180 says, with the names of the columns first. Text
// that a spreadsheet would take for a formula gets an apostrophe in front;
// numbers stay numbers. Control characters are shown as Block does.
func WriteCSV(w io.Writer, columns []importer.Column, rows iter.Seq2[importer.Record, error]) error {
	out := csv.NewWriter(w)
	cells := make([]string, len(columns))
	for i, column := range columns {
		cells[i] = column.Name
	}
	if err := out.Write(cells); err != nil {
		return err
	}
	for row, err := range rows {
		if err != nil {
			out.Flush()
			return err
		}
		for i, column := range columns {
			cells[i] = csvCell(column.Type, row[i])
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func csvCell(t importer.Type, v importer.Value) string {
	text := Block(strings.ReplaceAll(v.Text(), "\r\n", "\n"))
	switch {
	case isFigure(t) && isNumber(text):
		return text
	case isFormula(v.Text()):
		return "'" + text
	default:
		return text
	}
}

func isFigure(t importer.Type) bool {
	return t == importer.Int || t == importer.Number || t == importer.Money
}

// isNumber reports whether text is a plain decimal: another program may have
// put anything into a column of numbers.
func isNumber(text string) bool {
	digits := strings.TrimPrefix(text, "-")
	return digits != "" && strings.Trim(digits, "0123456789.") == "" && strings.Count(digits, ".") <= 1
}

// isFormula reports whether a spreadsheet may take text for a formula. Some take
// away spaces and quotes before the sign, and some go on at a tab or line break.
func isFormula(text string) bool {
	if strings.HasPrefix(text, "\t") || strings.HasPrefix(text, "\r") || strings.HasPrefix(text, "\n") {
		return true
	}
	text = strings.TrimLeftFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == '"' || r == '\'' })
	return text != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(text)[0])
}
