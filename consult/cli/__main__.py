"""python -m consult.cli"""

from consult.cli import main

if __name__ == "__main__":
    main()
