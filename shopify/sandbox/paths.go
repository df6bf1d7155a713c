package sandbox

import (
	"net"
	"net/http"
	"strings"
)

// bulkFilePath is where the files of bulk operations lie.
const bulkFilePath = "/bulk-operation-outputs/"

// hostName is the host of a request, without its port and in small letters.
func hostName(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = r.Host
	}
	return strings.ToLower(host)
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback() || host == "localhost"
}
