package view

import (
	"github.com/eshopos/eshopctl/importer"
)

// changeDocument is a change as JSON has it.
type changeDocument struct {
	Action     importer.Action `json:"action"`
	Resource   string          `json:"resource"`
	ExternalID string          `json:"external_id"`
	LocalID    string          `json:"local_id"`
	Fields     []fieldDocument `json:"fields"`
	Drifted    bool            `json:"drifted"`
	Moved      importer.Mover  `json:"moved"`
	Zeroed     bool            `json:"zeroed"`
}

type fieldDocument struct {
	Name  string         `json:"name"`
	Old   typedValue     `json:"old"`
	New   typedValue     `json:"new"`
	Moved importer.Mover `json:"moved"`

	Personal bool `json:"personal,omitempty"` // the values are not told
}

// typedValue is a value that is encoded by the type of its column.
type typedValue struct {
	importer.Value
	importer.Type
}

// MarshalJSON encodes the value; an absent one is null.
func (t typedValue) MarshalJSON() ([]byte, error) { return t.AppendJSON(nil, t.Type), nil }

func toldChange(c importer.Change) changeDocument {
	fields := make([]fieldDocument, len(c.Fields))
	for i, field := range c.Fields {
		column := c.Table.Columns[field.Column]
		fields[i] = fieldDocument{
			column.Name, typedValue{field.Old, column.Type}, typedValue{field.New, column.Type}, c.WhoMovedField(field), column.Personal,
		}
		if column.Personal {
			fields[i].Old, fields[i].New = typedValue{}, typedValue{}
		}
	}
	return changeDocument{c.Action, c.Table.Name, importer.ShowKey(c.Key), c.LocalID, fields, c.Drifted, c.WhoMoved(), c.Zeroed}
}

func (c Changes) forPrograms() document {
	return listDocument("changes", c.List, func(c importer.Change) any { return toldChange(c) })
}

// forPrograms is one document of the run with its changes, or the run and its changes as
// lines.
func (s Summary) forPrograms() document {
	run := toldRun(s.Run)
	if s.Changes == nil {
		return oneDocument(run)
	}
	return document{
		whole: func() (any, error) { return s.wholeDocument(run) },
		lines: func(yield func(any, error) bool) {
			if yield(run, nil) {
				s.Changes.forPrograms().lines(yield)
			}
		},
	}
}

func (s Summary) wholeDocument(run importer.Run) (any, error) {
	whole := struct {
		importer.Run
		Changes []changeDocument `json:"changes"`
	}{run, []changeDocument{}}
	for change, err := range s.Changes.List {
		if err != nil {
			return nil, err
		}
		whole.Changes = append(whole.Changes, toldChange(change))
	}
	return whole, nil
}

// rowDocument is a listed row: its columns in their order.
type rowDocument struct {
	columns []importer.Column
	values  importer.Record
}

// MarshalJSON encodes the row as one object.
func (r rowDocument) MarshalJSON() ([]byte, error) {
	text := []byte{'{'}
	for i, column := range r.columns {
		if i > 0 {
			text = append(text, ',')
		}
		text = append(text, '"')
		text = append(text, column.Name...)
		text = append(text, '"', ':')
		text = r.values[i].AppendJSON(text, column.Type)
	}
	return append(text, '}'), nil
}
