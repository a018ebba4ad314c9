@echo off
rem Starts Jushi and opens the browser. The data lie in JUSHI_HOME, if set, else beside the program.
setlocal
title Jushi
set "HERE=%LOCALAPPDATA%\Jushi"
if not defined JUSHI_HOME set "JUSHI_HOME=%HERE%\data"
if not exist "%HERE%\program\Scripts\jushi.exe" goto missing
start "" /b "%HERE%\program\Scripts\python.exe" "%HERE%\open_browser.py" http://127.0.0.1:8000/
"%HERE%\program\Scripts\jushi.exe" serve --port 8000
pause
exit /b

:missing
echo Jushi is not installed here: run install.bat first.
pause
exit /b 1
