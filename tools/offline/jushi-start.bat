@echo off
rem Starts Jushi and opens the browser. The data lie in %LOCALAPPDATA%\Jushi\data, or where JUSHI_HOME says.
setlocal
title Jushi
set "HERE=%LOCALAPPDATA%\Jushi"
if not exist "%HERE%\program\Scripts\jushi.exe" goto missing
start "" /b "%HERE%\program\Scripts\python.exe" "%HERE%\open_browser.py" http://127.0.0.1:8000/
"%HERE%\program\Scripts\jushi.exe" serve --port 8000
pause
exit /b

:missing
echo Jushi is not installed here: run install.bat first.
pause
exit /b 1
