package sandbox

// mutationRoot answers the mutations that the sandbox has.
type mutationRoot struct{}

func (mutationRoot) kind() string { return "Mutation" }

func (mutationRoot) field(x *execution, name string, args arguments) (any, error) {
	switch name {
	case "appUninstall":
		x.shop.account.uninstall()
		return payload{"AppUninstallPayload", map[string]any{"app": x.app, "userErrors": []object{}}}, nil
	case "bulkOperationRunQuery":
		return x.shop.bulk.run(x, args)
	case "bulkOperationCancel":
		return x.shop.bulk.cancel(x, args)
	}
	return nil, unanswerable("Mutation", name)
}

// payload is what a mutation answers, or an error in it.
type payload struct {
	typeName string
	values   map[string]any
}

func (p payload) kind() string { return p.typeName }

func (p payload) field(_ *execution, name string, _ arguments) (any, error) {
	value, known := p.values[name]
	if !known {
		return nil, unanswerable(p.typeName, name)
	}
	return value, nil
}
