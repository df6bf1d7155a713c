package sandbox

// bulkDesk takes the app's bulk operations.
type bulkDesk struct {
	operations []*bulkOperation
}

type bulkOperation struct {
	id int64
}

func (b *bulkOperation) number() int64 { return b.id }
func (b *bulkOperation) kind() string  { return "BulkOperation" }

func (b *bulkOperation) field(_ *execution, name string, _ arguments) (any, error) {
	return nil, unanswerable("BulkOperation", name)
}

// run refuses, as Shopify does to an app for which bulk operations are not enabled. The exact words of a real
// refusal were not seen.
func (d *bulkDesk) run(_ *execution, _ arguments) (any, error) {
	return nil, newFault("ACCESS_DENIED", "Access denied for bulkOperationRunQuery field. Bulk operations are not enabled for this app.").
		with("documentation", scopesDocumentation)
}

func (d *bulkDesk) cancel(_ *execution, args arguments) (any, error) {
	return nil, invalidID(args.text("id"))
}

func bulkPage(x *execution, args arguments) (any, error) {
	return paginate(x.shop.bulk.operations, func(b *bulkOperation) sortKey { return sortKey{ID: b.id} }, args)
}
