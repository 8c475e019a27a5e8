@echo off
rem Starts Catalog Drop on Windows. JAVA_OPTS adds options for the JVM.
setlocal
set "place=%~dp0.."
set "jar=%place%\catalog-drop.jar"
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
if exist "%place%\runtime\bin\java.exe" set "java=%place%\runtime\bin\java"
"%java%" -version >nul 2>&1
if errorlevel 1 (
  echo catalog-drop needs Java 17 or newer, but "%java%" cannot be started. Install Java, or set JAVA_HOME to its folder, then start again. 1>&2
  exit /b 2
)
rem The options are those of the launcher for Linux and macOS, which says why.
"%java%" -Xmn40m -Xms64m -Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 "-XX:OnOutOfMemoryError=taskkill /F /PID %%p" -Dsun.jnu.encoding=UTF-8 -Dfile.encoding=UTF-8 %JAVA_OPTS% -jar "%jar%" %*
exit /b %errorlevel%
