# Finding a JDK and Maven: read by ./skyferry and ./test, which set $here to the folder they lie in.

wanted_java=25
exit_no_java=78

say() { printf '%s\n' "skyferry: $*" >&2; }

# Sets $version to the Java version of the folder $1, and succeeds if it is new enough. Starts no JVM to ask.
good_java() {
  version=none
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=*)
        version=${line#JAVA_VERSION=}
        version=${version#\"}
        version=${version%\"}
        break
        ;;
    esac
  done <"$1/release"
  major=${version%%[!0-9]*}
  [ "${major:-0}" -ge "$wanted_java" ]
}

# Sets $java_home and $version.
find_java() {
  if [ -n "${SKYFERRY_JAVA_HOME-}" ]; then
    java_home=$SKYFERRY_JAVA_HOME
    good_java "$java_home" && return
    say "want a Java $wanted_java or newer in SKYFERRY_JAVA_HOME but have '$java_home' (version $version)"
    exit $exit_no_java
  fi
  set +f
  for java_home in "$here/jre" ${JAVA_HOME:+"$JAVA_HOME"} /usr/lib/jvm/* /opt/*jdk* /opt/*java* \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if good_java "$java_home"; then
      set -f
      return
    fi
  done
  set -f
  java=$(command -v java || :)
  if [ -n "$java" ]; then
    java=$(readlink -f "$java" || printf %s "$java")
    java_home=${java%/bin/java}
    good_java "$java_home" && return
  fi
  say "want a Java $wanted_java or newer but found none; install one (for example from https://adoptium.net)" \
    "or name its folder in SKYFERRY_JAVA_HOME"
  exit $exit_no_java
}

# Maven as it is installed here, else as the wrapper fetches it.
maven() {
  if command -v mvn >/dev/null 2>&1; then
    mvn "$@"
  else
    "$here/mvnw" "$@"
  fi
}
