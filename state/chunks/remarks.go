package chunks

import (
	"iter"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// RemarkTable is the table under which remarks are stored as records.
var RemarkTable = &importer.Table{Name: "remarks", Keys: []int{0}, Columns: []importer.Column{
	{Name: "code"}, {Name: "severity"}, {Name: "resource"}, {Name: "external_id"}, {Name: "local_id"}, {Name: "message"}, {Name: "hint"},
}}

// NewRemarkCutter returns a cutter for remarks.
func NewRemarkCutter() *Cutter { return NewCutter(RemarkTable) }

func remarkRecord(r importer.Remark) importer.Record {
	return importer.Record{
		importer.String(r.Code), importer.String(string(r.Severity)), importer.String(r.Resource), importer.String(r.ExternalID),
		importer.String(r.LocalID), importer.String(r.Message), importer.String(r.Next.Stored()),
	}
}

// RemarksOf decodes records of RemarkTable.
func RemarksOf(records importer.PackedRecords) iter.Seq2[importer.Remark, error] {
	return func(yield func(importer.Remark, error) bool) {
		for records.HasNext() {
			r, err := records.NextRecord()
			if err != nil {
				yield(importer.Remark{}, err)
				return
			}
			if !yield(remarkOf(r), nil) {
				return
			}
		}
	}
}

func remarkOf(r importer.Record) importer.Remark {
	return importer.Remark{
		Code: r[0].Text(), Severity: importer.Severity(r[1].Text()), Resource: r[2].Text(), ExternalID: r[3].Text(),
		LocalID: r[4].Text(), Message: r[5].Text(), Next: connector.NextOf(r[6].Text()),
	}
}

// AddRemark adds a remark and reports whether the chunk is full. Remarks are not sorted, so
// nothing but the size ends their chunks.
func (c *Cutter) AddRemark(r importer.Remark) (ends bool) {
	c.appendRecord(remarkRecord(r))
	return c.isFull()
}
