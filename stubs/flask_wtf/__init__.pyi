# Types of the parts of Flask-WTF 1.2 that Semailles uses; it ships none, nor does typeshed.
from flask_wtf.csrf import CSRFProtect as CSRFProtect
from flask_wtf.form import FlaskForm as FlaskForm
