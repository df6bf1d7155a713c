// Package tokens gets the tokens of a connector, renews them and says who may use them.
//
// An Issuer asks the token endpoint of one shop for a Grant. A Keeper has the
// credentials of an install, which are renewed ahead of their end, by one process at a
// time. It imports the words of package connector and the OAuth library.
//
// Begin with credentials.go: what Token and Refused promise. issuer.go holds the three
// ways to a grant, endpoint.go how a request is sent and when it is sent again.
package tokens
