#!/usr/bin/env bash
# make_ca.sh DIR: makes a throw-away certificate authority and the certificates of tests, as PEM files in DIR. For each
# NAME: NAME.pem is the certificate and NAME.key its private key.
#   ca           the authority to trust
#   server       for 127.0.0.1 and localhost
#   wrong-name   for another host
#   expired      for 127.0.0.1 and localhost, until yesterday
#   future       for 127.0.0.1 and localhost, from tomorrow on
#   self-signed  for 127.0.0.1 and localhost, self-signed
#   stranger     for 127.0.0.1 and localhost, by an untrusted authority
set -euo pipefail

[ $# -eq 1 ] || { echo "usage: make_ca.sh DIR" >&2; exit 2; }
mkdir -p "$1"
cd "$1"

here="IP:127.0.0.1,DNS:localhost"

new_key=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes)  # elliptic keys are generated quickly

# Prints the output only on failure.
quietly() {
  local said
  said=$("$@" 2>&1) || { echo "$said" >&2; return 1; }
}

authority() {
  quietly openssl req -x509 "${new_key[@]}" -subj "/CN=azrestored throw-away $1" -keyout "$1.key" -out "$1.pem" -days 30 \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign
}

# leaf NAME AUTHORITY ALTERNATIVE_NAMES DAYS. In two steps, as `openssl req` has no negative number of days.
leaf() {
  quietly openssl req -new "${new_key[@]}" -subj "/CN=azrestored test $1" -keyout "$1.key" -out "$1.csr"
  printf '%s\n' "subjectAltName=$3" basicConstraints=critical,CA:FALSE extendedKeyUsage=serverAuth >"$1.extensions"
  quietly openssl x509 -req -in "$1.csr" -CA "$2.pem" -CAkey "$2.key" -CAcreateserial -days "$4" \
    -extfile "$1.extensions" -out "$1.pem"
  rm "$1.csr" "$1.extensions"
}

# future_leaf NAME AUTHORITY ALTERNATIVE_NAMES. Only `openssl ca` can set the start, and it needs a database.
future_leaf() {
  leaf "$1" "$2" "$3" 30
  quietly openssl x509 -x509toreq -in "$1.pem" -signkey "$1.key" -out "$1.csr"
  printf '%s\n' '[ca]' default_ca=books '[books]' database=books.txt new_certs_dir=. rand_serial=yes default_md=sha256 \
    policy=any '[any]' commonName=supplied '[leaf]' "subjectAltName=$3" extendedKeyUsage=serverAuth >books.conf
  : >books.txt
  quietly openssl ca -batch -notext -config books.conf -extensions leaf -in "$1.csr" -cert "$2.pem" -keyfile "$2.key" \
    -startdate "$(date -u -d tomorrow +%Y%m%d%H%M%SZ)" -enddate "$(date -u -d '30 days' +%Y%m%d%H%M%SZ)" -out "$1.pem"
  rm -f "$1.csr" books.* ./[0-9A-F]*.pem
}

authority ca
authority nobody
leaf server ca "$here" 30
leaf wrong-name ca DNS:elsewhere.example 30
leaf expired ca "$here" -1
future_leaf future ca "$here"
quietly openssl req -x509 "${new_key[@]}" -subj "/CN=azrestored test self-signed" -keyout self-signed.key \
  -out self-signed.pem -days 30 -addext "subjectAltName=$here"
leaf stranger nobody "$here" 30
