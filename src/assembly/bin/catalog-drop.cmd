@echo off
rem Starts Catalog Drop on Windows. JAVA_OPTS adds options for the JVM. The options are those of the launcher for Linux and macOS, which
rem says why. Only sun.jnu.encoding is left alone: Windows gives arguments to Java in its own code page.
setlocal EnableExtensions DisableDelayedExpansion
set "place=%~dp0.."
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME:"=%\bin\java"
if exist "%place%\runtime\bin\java.exe" set "java=%place%\runtime\bin\java"
rem Java before 17 does not know this option.
"%java%" --enable-native-access=ALL-UNNAMED -version >nul 2>&1
if errorlevel 1 goto nojava
set "compiler=-XX:TieredStopAtLevel=1"
set "heap=-Xmn40m -Xmx128m"
set "command=%~1"
if not defined command set "command=run"
set "command=%command:"=%"
if not "%command%"=="run" goto start
set "compiler=-XX:+IgnoreUnrecognizedVMOptions -XX:Tier4InvocationThreshold=30000 -XX:Tier4MinInvocationThreshold=15000 -XX:Tier4CompileThreshold=60000 -XX:Tier4BackEdgeThreshold=200000 -XX:InlineSmallCode=800 -XX:FreqInlineSize=120 -XX:MaxInlineLevel=9"
if defined DROP_ACCOUNTS goto many
if exist accounts\ goto many
if not exist "%place%\accounts\" goto start
:many
set "heap=-Xmn24m -Xmx640m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=15 -XX:+IgnoreUnrecognizedVMOptions -XX:TrimNativeHeapInterval=30000"
set "compiler=-XX:TieredStopAtLevel=1"
:start
"%java%" -Xms64m %heap% -XX:+UseSerialGC %compiler% "-XX:OnOutOfMemoryError=taskkill /F /PID %%p" -Dfile.encoding=UTF-8 %JAVA_OPTS% -jar "%place%\catalog-drop.jar" %*
exit /b %errorlevel%
:nojava
echo catalog-drop needs Java 17 or newer, but "%java%" is not there or older. Install it, or set JAVA_HOME to its folder, then start again. 1>&2
exit /b 2
