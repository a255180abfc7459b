# To be sourced in the project's top folder: build_package builds the Debian package and sets $package to its file.
# build_package_as VERSION makes another package from the same files with this version.
readonly release=$PWD/build/release

build_package() {
  cmake --preset release >/dev/null
  cmake --build --preset release --parallel "$(nproc)" --target azrestored azrestorectl azrestore-sim documents
  build_package_as "$(sed -n 's/^azrestored (\(.*\)) .*/\1/p;q' packaging/debian/changelog)"
}

build_package_as() {
  package=$release/packages/azrestored_$1_$(dpkg --print-architecture).deb
  rm -f "$package"
  (cd "$release" && cpack -G DEB -B packages -D CPACK_PACKAGE_VERSION="$1" >packages.log 2>&1) ||
    { cat "$release/packages.log" >&2; return 1; }
  [ -e "$package" ] || { echo "cpack made no $package; see $release/packages.log." >&2; return 1; }
}
