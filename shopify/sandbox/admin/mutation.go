package admin

import (
	"github.com/eshopos/eshopctl/shopify/sandbox/graph"
)

// mutationRoot answers the mutations that the sandbox has.
type mutationRoot struct{}

func (mutationRoot) TypeName() string { return "Mutation" }

func (mutationRoot) field(x query, name string, args graph.Arguments) (any, error) {
	switch name {
	case "appUninstall":
		x.api.Uninstall()
		return graph.NewPayload("AppUninstallPayload", map[string]any{"app": app(x.api.ClientID), "userErrors": []graph.Object{}}), nil
	case "bulkOperationRunQuery":
		return x.api.Bulk.RunQuery(x.Execution, args)
	case "bulkOperationCancel":
		return x.api.Bulk.CancelOperation(args.Text("id"))
	}
	return nil, graph.NotAnswered("Mutation", name)
}
