# JVM options: read by ./skyferry, and by what measures it inside one process.

# The sets of JVM options, each with an AOT cache of its own.
kinds="small local remote hashing serving"

# Sets $kind to the set of JVM options for a command line.
kind_of() {
  kind=small
  case ${1-} in
    copy | sync | move) kind=local ;;
    crypt)
      case ${2-} in
        cat | put) kind=hashing ;;
      esac
      ;;
    decrypt) kind=hashing ;;
    serve) kind=serving ;;
  esac
  case ${1-} in
    copy | sync | move | check | cat)
      for argument in "$@"; do
        case $argument in
          -c | --checksum | --download | crypt:* | synology:*) kind=hashing ;;
          *:*) [ $kind != local ] || kind=remote ;;
        esac
      done
      ;;
  esac
}

# Sets $options to the JVM options of a command. Most: the quick compiler alone, which costs least before its code is
# warm, and was measured to cost least for ten thousand small files and for one of 2 GiB as well. Those that compute
# checksums of everything, those that encrypt, and the service, which does both: both compilers, the optimising one
# later than usual. Where a run soon ends it also inlines little: a whole path from stream to cipher as one method took
# it a second. Words and numbers are the same in every locale, so the JDK's locale data, which cost a tenth of a
# small run to read, stay away; what a command calls by reflection it calls once or twice, so no handles are made of
# it. 82 MiB of heap keep a run that compares a million objects below 160 MiB in all, and 24 of them for what is new
# let most of a page of a listing be forgotten before it is moved. Transfers compile at once what their training
# showed to be run for every file, as soon as its class is there: while $training is set, that is what is called
# forty times as often as what is compiled elsewhere.
options_for() {
  options="-XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:-UsePerfData -Xss512k
    -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20 -XX:MaxDirectMemorySize=64m
    -XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions
    -Djava.locale.providers=FALLBACK -Dskyferry.terminals=$terminals -Xlog:aot=off -Xlog:cds=off
    --enable-native-access=ALL-UNNAMED"
  once=-Djdk.reflect.useNativeAccessorOnly=true
  untrained=-XX:-AOTReplayTraining
  quick="-Xms32m -Xmn24m -Xmx82m $once -XX:ReservedCodeCacheSize=64m -XX:TieredStopAtLevel=1"
  case $1 in
    hashing)
      options="$options $untrained -Xms8m -Xmx96m $once -XX:ReservedCodeCacheSize=32m
        -XX:Tier4InvocationThreshold=20000 -XX:Tier4MinInvocationThreshold=20000 -XX:Tier4CompileThreshold=40000
        -XX:Tier4BackEdgeThreshold=200000 -XX:MaxInlineLevel=2"
      ;;
    serving)
      options="$options $untrained -Xms8m -Xmx256m -XX:ReservedCodeCacheSize=48m -XX:Tier4InvocationThreshold=20000
        -XX:Tier4MinInvocationThreshold=5000 -XX:Tier4CompileThreshold=40000 -XX:Tier4BackEdgeThreshold=200000"
      ;;
    small)
      options="$options $untrained $quick -XX:CompileThresholdScaling=0.5"
      ;;
    local | remote)
      options="$options $quick -XX:CompileThresholdScaling=${training:-0.5}
        -XX:+UnlockExperimentalVMOptions -XX:+AOTReplayTraining -XX:+AOTCompileEagerly"
      ;;
  esac
}
