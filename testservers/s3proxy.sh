#!/bin/bash
# S3Proxy over a folder. Its programs come from Maven, once for each version, into target/ beside its pom.
. "$(dirname "$0")/common.sh"
needs setpriv=util-linux
servers=$here
here=$(cd "$here/.." && pwd -P)
. "$here/launcher/java.sh"
find_java
JAVA_HOME=$java_home
export JAVA_HOME
pom=$servers/s3proxy/pom.xml
lib=$servers/s3proxy/target/lib
if [ ! -f "$lib/.done" ] || [ "$pom" -nt "$lib/.done" ]; then
  made=$lib.$$
  maven -q -B -f "$pom" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$made" \
    </dev/null >&2 || die "Maven could not fetch it"
  touch "$made/.done"
  rm -rf "$lib"
  mv -T "$made" "$lib" 2>/dev/null || rm -rf "$made"
fi
[ "$asked" != --prepare ] || exit 0

begin
port=$(free_port)
mkdir "$folder/data"
cat >"$folder/s3proxy.conf" <<CONF
s3proxy.endpoint=http://127.0.0.1:$port
s3proxy.authorization=aws-v2-or-v4
s3proxy.identity=$key
s3proxy.credential=$secret
s3proxy.jetty.max-threads=64
jclouds.provider=filesystem-nio2
jclouds.identity=x
jclouds.credential=x
jclouds.filesystem.basedir=$folder/data
CONF
# It logs every request if it is let.
cat >"$folder/logback.xml" <<'CONF'
<configuration><appender name="E" class="ch.qos.logback.core.ConsoleAppender"><target>System.err</target><encoder>
<pattern>%d %-5level %logger{0} %msg%n</pattern></encoder></appender><root level="WARN"><appender-ref ref="E"/></root></configuration>
CONF
spawn server "$java_home/bin/java" -Xmx"${S3PROXY_HEAP:-512m}" -XX:+UseSerialGC -XX:TieredStopAtLevel="${S3PROXY_TIER:-1}" \
  -Dlogback.configurationFile="$folder/logback.xml" -cp "$lib/*" org.gaul.s3proxy.Main \
  --properties "$folder/s3proxy.conf"
wait_port "$port" 60 server
serve "http://127.0.0.1:$port" "$key" "$secret"
