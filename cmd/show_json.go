package cmd

import (
	"context"
	"iter"

	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state"
)

// changeJSON is a change as scripts get it.
type changeJSON struct {
	Action     importer.Action `json:"action"`
	Resource   string          `json:"resource"`
	ExternalID string          `json:"external_id"`
	LocalID    string          `json:"local_id"`
	Fields     []fieldJSON     `json:"fields"`
	Drifted    bool            `json:"drifted"`
}

type fieldJSON struct {
	Name string `json:"name"`
	Old  typed  `json:"old"`
	New  typed  `json:"new"`
}

// typed is a value that is encoded as its column's type says.
type typed struct {
	importer.Value
	importer.Type
}

// MarshalJSON encodes the value; an absent one is null.
func (t typed) MarshalJSON() ([]byte, error) { return t.AppendJSON(nil, t.Type), nil }

func jsonOf(c importer.Change) changeJSON {
	fields := make([]fieldJSON, len(c.Fields))
	for i, field := range c.Fields {
		column := c.Table.Columns[field.Column]
		fields[i] = fieldJSON{column.Name, typed{field.Old, column.Type}, typed{field.New, column.Type}}
	}
	return changeJSON{c.Action, c.Table.Name, importer.ShowKey(c.Key), c.LocalID, fields, c.Drifted}
}

// rowJSON is a listed row: its columns in their order.
type rowJSON struct {
	columns []importer.Column
	values  importer.Record
}

// MarshalJSON encodes the row as one object.
func (r rowJSON) MarshalJSON() ([]byte, error) {
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

// stream prints a sequence for machines: as JSON lines, or as one document with
// the elements below name. Either goes out as it comes.
func stream[T any](p *program, name string, elements iter.Seq2[T, error], encode func(T) any) error {
	encoded := func(yield func(any, error) bool) {
		for element, err := range elements {
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(encode(element), nil) {
				return
			}
		}
	}
	if p.config.Output == "jsonl" {
		return view.JSONLines(p.env.Stdout, encoded)
	}
	begun, err := view.JSONList(p.env.Stdout, name, encoded)
	if err != nil && begun {
		return told{err, nil} // a second document behind half a one would help nobody
	}
	return err
}

// changes gives the changes of a plan, filtered, with the new values of created
// records taken from the snapshot where that is still kept.
func changes(ctx context.Context, db *state.DB, plan string, tables []*importer.Table, action importer.Action) iter.Seq2[importer.Change, error] {
	return func(yield func(importer.Change, error) bool) {
		for _, table := range tables {
			created, stop := createdRecords(ctx, db, plan, table)
			for change, err := range db.Changes(ctx, plan, table) {
				if err == nil && change.Action == importer.Create {
					change.Fields, err = created(change.Key)
				}
				if err == nil && action != "" && change.Action != action {
					continue
				}
				if !yield(change, err) || err != nil {
					stop()
					return
				}
			}
			stop()
		}
	}
}

// createdRecords finds the records of creates by going through the snapshot,
// which has the same order.
func createdRecords(ctx context.Context, db *state.DB, plan string, table *importer.Table) (find func(key string) ([]importer.FieldChange, error), stop func()) {
	none := func(string) ([]importer.FieldChange, error) { return nil, nil }
	made, err := db.Plan(ctx, plan)
	if err != nil {
		return none, func() {}
	}
	snapshot, err := db.Snapshot(ctx, made.Snapshot)
	if err != nil {
		return none, func() {} // pruned: the rows that were created tell their content
	}
	next, stop := iter.Pull2(snapshot.Records(table))
	return func(key string) ([]importer.FieldChange, error) {
		for {
			record, err, more := next()
			if err != nil || !more {
				return nil, err
			}
			if table.Key(record) == key {
				return table.AllFields(nil, record), nil
			}
		}
	}, stop
}
