// Package platform is what stands between a request and a shop and may answer in its place: the platform itself,
// for shops that it does not serve, and proxies on the way. It may import web.
package platform
